/** What all processes state alike: the names of the settings, and the shared parts of the OpenAPI document. */
@NullMarked
package dev.tally.schemas.api;

import org.jspecify.annotations.NullMarked;
