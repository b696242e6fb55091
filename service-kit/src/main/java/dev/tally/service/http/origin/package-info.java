/** Checks against web pages of other origins: the host and the origin that a request names. */
@NullMarked
package dev.tally.service.http.origin;

import org.jspecify.annotations.NullMarked;
