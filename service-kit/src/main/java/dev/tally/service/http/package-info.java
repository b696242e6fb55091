/** The HTTP side every service has: one server, strict reading of requests, problems, and answers from any thread. */
@NullMarked
package dev.tally.service.http;

import org.jspecify.annotations.NullMarked;
