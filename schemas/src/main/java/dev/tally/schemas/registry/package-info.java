/** Where the schemas of a deployment are found: at their fixed ids, and in a schema registry if there is one. */
@NullMarked
package dev.tally.schemas.registry;

import org.jspecify.annotations.NullMarked;
