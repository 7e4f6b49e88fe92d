package io.tailrace.console.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is said of requests that Jetty itself refuses: a problem document, without what was sent. */
final class ErrorPages implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String title = HttpStatus.getMessage(status);
        Problem problem = new Problem(status, status == 404 ? "not-found" : "bad-request", title, title);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpApi.PROBLEM_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        byte[] bytes = problem.document().toString().getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }
}
