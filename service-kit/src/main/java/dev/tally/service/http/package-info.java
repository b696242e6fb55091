/** The HTTP server of every service: the pipeline of a request from its ID to its endpoint, and its response. */
@NullMarked
package dev.tally.service.http;

import org.jspecify.annotations.NullMarked;
