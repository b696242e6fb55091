package dev.tally.service.lifecycle;

/**
 * What a service adds to the OpenAPI document of its process, as YAML. The header and the components are the same for all
 * services of a process.
 *
 * @param header the start of the document, up to the line {@code paths:}
 * @param paths the service's own paths, as below {@code paths:}, each line indented by at least two spaces; may be empty
 * @param components the end of the document: what the paths refer to, and also {@code responses/Problem} and
 *     {@code schemas/Readiness}, to which the paths of every process refer
 */
public record OpenApiParts(String header, String paths, String components) {}
