/** The plain server that both APIs are compared with: Undertow and nothing else. */
@NullMarked
package dev.tally.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
