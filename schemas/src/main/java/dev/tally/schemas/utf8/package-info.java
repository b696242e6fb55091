/** Strict UTF-8, for names, records and reads. */
@NullMarked
package dev.tally.schemas.utf8;

import org.jspecify.annotations.NullMarked;
