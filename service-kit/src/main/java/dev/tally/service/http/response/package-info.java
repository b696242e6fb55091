/** What a request is answered with. */
@NullMarked
package dev.tally.service.http.response;

import org.jspecify.annotations.NullMarked;
