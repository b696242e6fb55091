/** The HTTP server of every service: strict parsing of requests, problem responses, and answers from any thread. */
@NullMarked
package dev.tally.service.http;

import org.jspecify.annotations.NullMarked;
