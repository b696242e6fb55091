/** What a request is refused with: a code, a field and a detail that shows the value. */
@NullMarked
package dev.tally.service.http.problem;

import org.jspecify.annotations.NullMarked;
