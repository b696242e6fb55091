/** JMH benchmarks of single steps on the way of an event. */
@NullMarked
package dev.tally.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
