package io.tailrace.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.tailrace.console.audit.Audit;
import io.tailrace.console.auth.Caller;
import io.tailrace.console.auth.Gate;
import io.tailrace.console.auth.Role;
import io.tailrace.console.http.StaticFiles.StaticFile;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens to every request: who asks is found out, whether they may is checked, what is thrown becomes a problem document. */
public final class HttpApi {
    /** Below which path the API is. */
    public static final String ROOT = "/api/v1";

    static final String PROBLEM_TYPE = "application/problem+json";
    private static final String JSON_TYPE = "application/json";
    /** Changes that change nothing, or that have an entry of their own. */
    private static final Set<String> NOT_AUDITED = Set.of("/login", "/validate", "/search", "/search/tail");

    private final Gate gate;
    private final Audit audit;
    private final InstantSource clock;
    private final StaticFiles files;
    private final int maxBodyBytes;

    /**
     * Makes it.
     *
     * @param gate tells who asks
     * @param audit is told of changes
     * @param clock the time
     * @param files the pages
     * @param maxBodyBytes largest body
     */
    public HttpApi(Gate gate, Audit audit, InstantSource clock, StaticFiles files, int maxBodyBytes) {
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
        this.files = files;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Has requests handled.
     *
     * @param routing where they come from
     * @param routes what can be asked
     */
    void register(RoutesConfig routing, List<Route> routes) {
        for (Route route : routes) {
            HandlerType method = HandlerType.findOrCreate(route.method());
            routing.addEndpoint(new Endpoint(method, ROOT + route.path(), context -> handle(route, context)));
        }
        routing.addEndpoint(new Endpoint(HandlerType.GET, "/", this::file));
        routing.addEndpoint(new Endpoint(HandlerType.GET, "/<path>", this::file));
        routing.exception(Exception.class, (thrown, context) -> tell(Failures.problem(thrown), context));
    }

    private void handle(Route route, Context context) throws Exception {
        Caller caller = new Caller("", Role.NOBODY, context.req().getRemoteAddr());
        try {
            gate.checkHost(context);
            caller = gate.caller(context, clock.instant());
            check(route, caller, context);
            write(route.action().answer(new Request(context, caller, clock.instant(), maxBodyBytes)), context);
            note(route, context, caller, "ok");
        } catch (Exception e) {
            Problem problem = Failures.problem(e);
            tell(problem, context);
            note(route, context, caller, problem.status() + " " + problem.getMessage());
        }
    }

    private void check(Route route, Caller caller, Context context) {
        if (!caller.may(route.role()) && caller.role() == Role.NOBODY) {
            throw new Problem(401, "login-required", "Log in first", "Nobody is logged in, or not any more");
        }
        if (route.isUnsafe()) {
            gate.checkOrigin(context);
        }
        if (!caller.may(route.role())) {
            throw new Problem(
                    403,
                    "forbidden",
                    "Not allowed",
                    "User " + caller.user() + " may look at everything, and change nothing");
        }
    }

    private void note(Route route, Context context, Caller caller, String outcome) {
        if (route.isUnsafe() && !NOT_AUDITED.contains(route.path())) {
            audit.log(caller, route.method() + " " + context.path(), "", outcome);
        }
    }

    private static void write(Reply reply, Context context) {
        context.status(reply.status()).header("Cache-Control", "no-store");
        reply.headers().forEach(context::header);
        reply.body().ifPresent(body -> context.contentType(JSON_TYPE).result(body.toString()));
    }

    private static void tell(Problem problem, Context context) {
        context.status(problem.status()).header("Cache-Control", "no-store");
        if (problem.document().has("retry_after")) {
            context.header("Retry-After", problem.document().path("retry_after").asText());
        }
        context.contentType(PROBLEM_TYPE).result(problem.document().toString());
    }

    private void file(Context context) {
        String path = context.path();
        gate.checkHost(context);
        boolean api = path.equals("/api") || path.startsWith("/api/");
        Optional<StaticFile> found = api ? Optional.empty() : files.find(path);
        if (found.isEmpty()) {
            throw Problem.notFound("There is nothing here");
        }
        StaticFile file = found.get();
        context.header("Cache-Control", "no-cache").header("ETag", file.etag());
        if (file.etag().equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(file.type()).result(file.bytes());
    }
}
