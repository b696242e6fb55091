/** What the system promises, as objects that judge a whole run by what clients saw of it. */
@NullMarked
package dev.tally.system.guarantee;

import org.jspecify.annotations.NullMarked;
