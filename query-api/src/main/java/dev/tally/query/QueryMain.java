package dev.tally.query;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;

/** Runs query-api in a process of its own. */
public final class QueryMain {
    private QueryMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(() -> {
            Environment environment = Environment.ofProcess(SettingNames.ALL, arguments);
            QuerySettings settings = QuerySettings.read(environment);
            environment.verify();
            return start(settings);
        });
    }

    public static ServiceProcess start(QuerySettings settings) {
        return ServiceProcess.start(settings.http(), registry -> QueryService.start(settings, registry));
    }
}
