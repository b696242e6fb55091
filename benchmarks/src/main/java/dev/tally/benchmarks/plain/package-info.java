/** The plain opponent of the two APIs: Undertow and nothing else. */
@NullMarked
package dev.tally.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
