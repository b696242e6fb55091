/** JMH benchmarks of single steps in the processing of an event. */
@NullMarked
package dev.tally.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
