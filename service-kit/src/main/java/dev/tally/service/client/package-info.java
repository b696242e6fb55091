/** Requests to other processes over HTTP, completed on the IO thread that makes them. */
@NullMarked
package dev.tally.service.client;

import org.jspecify.annotations.NullMarked;
