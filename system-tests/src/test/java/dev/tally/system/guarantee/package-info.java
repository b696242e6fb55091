/** The guarantees of the system, as objects that judge a whole run by what its clients observed. */
@NullMarked
package dev.tally.system.guarantee;

import org.jspecify.annotations.NullMarked;
