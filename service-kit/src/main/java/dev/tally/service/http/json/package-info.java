/** Strict reading of JSON from the bytes of a body, and writing of JSON. */
@NullMarked
package dev.tally.service.http.json;

import org.jspecify.annotations.NullMarked;
