package dev.tally.service.http;

/** A route in its place: with the template it is on and the metrics of its requests. */
record RouteEntry(Route route, RouteTemplate template, RouteMetrics metrics) {}
