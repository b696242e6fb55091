/** Reading of request bodies without blocking, within a budget, and discarding of the unread rest. */
@NullMarked
package dev.tally.service.http.body;

import org.jspecify.annotations.NullMarked;
