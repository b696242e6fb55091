/** The HTTP client for requests to other processes, completed on the IO thread that makes them. */
@NullMarked
package dev.tally.service.client;

import org.jspecify.annotations.NullMarked;
