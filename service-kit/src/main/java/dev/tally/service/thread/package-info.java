/** Threads for work that would block an IO thread. */
@NullMarked
package dev.tally.service.thread;

import org.jspecify.annotations.NullMarked;
