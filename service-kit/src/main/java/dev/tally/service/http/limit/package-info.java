/** The bounds of a server. */
@NullMarked
package dev.tally.service.http.limit;

import org.jspecify.annotations.NullMarked;
