/** The names of counters, and their placement on partitions. */
@NullMarked
package dev.tally.schemas.name;

import org.jspecify.annotations.NullMarked;
