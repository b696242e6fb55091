/** What a counter is called, and which partition of the log it therefore lives on. */
@NullMarked
package dev.tally.schemas.name;

import org.jspecify.annotations.NullMarked;
