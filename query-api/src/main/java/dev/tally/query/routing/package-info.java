/** Who owns a counter, and reading it there over HTTP. */
@NullMarked
package dev.tally.query.routing;

import org.jspecify.annotations.NullMarked;
