/** The suites: what the system promises, tried on real processes. */
@NullMarked
package dev.tally.system;

import org.jspecify.annotations.NullMarked;
