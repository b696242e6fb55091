/** What only standalone serves over HTTP: the home page and the schemas of the topics. */
@NullMarked
package dev.tally.standalone.http;

import org.jspecify.annotations.NullMarked;
