package dev.tally.service.http;

/** A registered route, with its template and the metrics of its requests. */
record RouteEntry(Route route, RouteTemplate template, RouteMetrics metrics) {}
