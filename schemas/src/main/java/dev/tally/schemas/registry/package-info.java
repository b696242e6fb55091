/** The schema lookup of a deployment: by fixed ids, and in a schema registry if there is one. */
@NullMarked
package dev.tally.schemas.registry;

import org.jspecify.annotations.NullMarked;
