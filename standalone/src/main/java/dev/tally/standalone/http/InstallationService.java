package dev.tally.standalone.http;

import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.ClassPathText;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.lifecycle.Service;
import dev.tally.service.settings.RegistrySettings;
import java.util.List;
import java.util.function.Supplier;

/** Serves the home page of the installation and the schemas of its topics. */
public final class InstallationService implements Service {
    private final Supplier<Installation> installation;
    private final SchemaDirectory schemas;

    private InstallationService(Supplier<Installation> installation, SchemaDirectory schemas) {
        this.installation = installation;
        this.schemas = schemas;
    }

    /**
     * Opens the service.
     *
     * @param installation read at each request of the home page, because a port may be known only once the server has
     *     started
     * @throws RefusedException if the settings of the schema registry are not valid
     */
    public static InstallationService open(Supplier<Installation> installation, RegistrySettings registry) {
        try {
            return new InstallationService(installation, SchemaDirectory.open(registry.properties()));
        } catch (RegistryRefusedException e) {
            throw RefusedException.of(e);
        }
    }

    @Override
    public String name() {
        return "installation";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/", new HomePage(installation)),
                new Route("GET", "/schemas/ids/{id}", new ReadSchemaHandler(schemas)));
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of();
    }

    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts(
                SharedOpenApi.header(),
                ClassPathText.of(InstallationService.class, "openapi-standalone.yaml"),
                SharedOpenApi.components());
    }

    @Override
    public void close() {
        schemas.close();
    }
}
