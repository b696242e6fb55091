/** The read contract: how query-api asks whoever owns a counter for its total, and the answers there are. */
@NullMarked
package dev.tally.schemas.read;

import org.jspecify.annotations.NullMarked;
