package io.tailrace.console;

import io.tailrace.connect.filetail.entries.HostEntries;
import io.tailrace.console.audit.Audit;
import io.tailrace.console.auth.Gate;
import io.tailrace.console.auth.SessionApi;
import io.tailrace.console.auth.UsersFile;
import io.tailrace.console.bulk.BulkApi;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.entries.Editor;
import io.tailrace.console.entries.EntriesApi;
import io.tailrace.console.entries.EntryKeys;
import io.tailrace.console.entries.ListChecker;
import io.tailrace.console.history.Histories;
import io.tailrace.console.history.HistoryApi;
import io.tailrace.console.hosts.FleetWatch;
import io.tailrace.console.hosts.HostsApi;
import io.tailrace.console.hosts.KeysApi;
import io.tailrace.console.hosts.Labels;
import io.tailrace.console.hosts.ValidateApi;
import io.tailrace.console.http.HttpApi;
import io.tailrace.console.http.HttpServer;
import io.tailrace.console.http.Route;
import io.tailrace.console.http.StaticFiles;
import io.tailrace.console.search.SearchApi;
import io.tailrace.console.search.SearchServer;
import io.tailrace.console.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The console, put together. */
public final class Console implements AutoCloseable {
    /** Room for a list of a million characters, as JSON within JSON. */
    static final int MAX_BODY_BYTES = 4 << 20;

    private final Store store;
    private final FleetWatch watch;
    private final Optional<SearchServer> search;
    private final HttpServer server;
    private final List<Route> routes;

    private Console(
            Store store, FleetWatch watch, Optional<SearchServer> search, HttpServer server, List<Route> routes) {
        this.store = store;
        this.watch = watch;
        this.search = search;
        this.server = server;
        this.routes = routes;
    }

    /**
     * Starts it. It answers also while etcd is away.
     *
     * @param config its settings
     * @param clock the time
     * @return a console that answers
     * @throws org.apache.kafka.common.config.ConfigException naming the key if it can't start with these settings
     */
    public static Console start(ConsoleConfig config, InstantSource clock) {
        Audit audit = new Audit();
        Optional<UsersFile> users = config.usersFile().map(file -> new UsersFile(file, clock.instant()));
        Gate gate = new Gate(config, users, audit);
        Store store = new Store(config.etcd());
        ListChecker checker = new ListChecker(new HostEntries(config.pathPolicy(), config.topicPolicy()));
        EntryKeys keys = new EntryKeys(config.entriesPaths(), config.hostTemplate());
        Histories histories = new Histories(config.historyPath(), config.historyVersionsMax());
        Editor editor = new Editor(store, histories);
        FleetWatch watch = FleetWatch.start(config, store, keys, checker, clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ConsoleApi(config, watch::fleet).routes());
        routes.addAll(new SessionApi(config, gate, audit).routes());
        routes.addAll(new EntriesApi(
                        keys,
                        checker,
                        editor,
                        histories,
                        store,
                        key -> watch.fleet().readersOf(key))
                .routes());
        routes.addAll(new ValidateApi(keys, checker, watch::fleet).routes());
        routes.addAll(new HostsApi(store, config.statusPath(), watch).routes());
        routes.addAll(new KeysApi(watch::fleet).routes());
        Labels labels = new Labels(store, config.consolePath(), watch::fleet);
        routes.addAll(labels.routes());
        routes.addAll(new BulkApi(config, store, editor, keys, checker, watch::fleet, labels, clock).routes());
        routes.addAll(new HistoryApi(keys, checker, editor, histories, store).routes());
        Optional<SearchServer> search = config.elasticsearch()
                .map(settings -> new SearchServer(settings, config.searchTimeout(), config.searchConcurrentMax()));
        routes.addAll(new SearchApi(config, search).routes());
        HttpApi api = new HttpApi(gate, audit, clock, new StaticFiles(Console.class.getClassLoader()), MAX_BODY_BYTES);
        try {
            return new Console(store, watch, search, HttpServer.start(config, api, routes), List.copyOf(routes));
        } catch (RuntimeException e) {
            watch.close();
            search.ifPresent(SearchServer::close);
            store.close();
            throw e;
        }
    }

    /**
     * The port.
     *
     * @return the one that is listened on
     */
    public int port() {
        return server.port();
    }

    /**
     * What can be asked.
     *
     * @return all routes of the API
     */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        server.close();
        watch.close();
        search.ifPresent(SearchServer::close);
        store.close();
    }
}
