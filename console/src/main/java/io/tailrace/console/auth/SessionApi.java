package io.tailrace.console.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.console.audit.Audit;
import io.tailrace.console.config.ConsoleConfig;
import io.tailrace.console.config.ConsoleConfig.AuthMode;
import io.tailrace.console.http.Fields;
import io.tailrace.console.http.Json;
import io.tailrace.console.http.Problem;
import io.tailrace.console.http.Reply;
import io.tailrace.console.http.Request;
import io.tailrace.console.http.Route;
import java.util.List;
import java.util.Locale;

/** Logging in and out. */
public final class SessionApi {
    private final ConsoleConfig config;
    private final Gate gate;
    private final Audit audit;

    /**
     * Makes it.
     *
     * @param config how people are known
     * @param gate knows them
     * @param audit is told of logins
     */
    public SessionApi(ConsoleConfig config, Gate gate, Audit audit) {
        this.config = config;
        this.gate = gate;
        this.audit = audit;
    }

    /**
     * What can be asked.
     *
     * @return the routes
     */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/session", Role.NOBODY, this::session),
                new Route("POST", "/login", Role.NOBODY, this::login),
                new Route("POST", "/logout", Role.NOBODY, this::logout));
    }

    private Reply session(Request request) {
        if (config.authMode() == AuthMode.PROXY && request.caller().role() == Role.NOBODY) {
            throw new Problem(401, "login-required", "Who are you?", "The proxy in front says no user");
        }
        return Reply.ok(told(request, request.caller(), gate.token(request.context())));
    }

    private Reply login(Request request) throws InterruptedException {
        Fields body = request.body().only("user", "password");
        if (config.authMode() != AuthMode.USERS) {
            throw Problem.badRequest("user", "", "nobody logs in with auth.mode=" + mode());
        }
        Caller caller = gate.login(
                body.required("user", 1_000),
                body.required("password", 10_000),
                request.caller().address(),
                request.now());
        String token = gate.begin(request.context(), caller.user(), request.now());
        audit.log(caller, "login", "", "ok");
        ObjectNode told = told(request, caller, token);
        return Reply.ok(
                told.put("expires", request.now().plus(config.sessionLength()).toString()));
    }

    private Reply logout(Request request) {
        gate.end(request.context());
        return Reply.nothing();
    }

    private ObjectNode told(Request request, Caller caller, String token) {
        boolean known = caller.role() != Role.NOBODY;
        return Json.object()
                .put("user", known ? caller.user() : null)
                .put("role", known ? caller.role().text() : null)
                .put("mode", mode())
                .put("csrf_token", token)
                .put(
                        "expires",
                        gate.expires(request.context(), request.now())
                                .map(Object::toString)
                                .orElse(null));
    }

    private String mode() {
        return config.authMode().name().toLowerCase(Locale.ROOT);
    }
}
