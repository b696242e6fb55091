/** The public endpoints: one counter's total, and the released schemas. */
@NullMarked
package dev.tally.query.http;

import org.jspecify.annotations.NullMarked;
