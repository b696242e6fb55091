/** The public endpoints: totals, histories, explanations and lists of counters, and the released schemas. */
@NullMarked
package dev.tally.query.http;

import org.jspecify.annotations.NullMarked;
