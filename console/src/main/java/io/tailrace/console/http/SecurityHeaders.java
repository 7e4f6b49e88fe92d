package io.tailrace.console.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Headers that every answer has, whoever made it, so that browsers do no more with it than is needed. */
final class SecurityHeaders implements HttpConfiguration.Customizer {
    /** No inline script, nothing from another site, in nobody's frame. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'";

    private final boolean tls;

    SecurityHeaders(boolean tls) {
        this.tls = tls;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("X-Frame-Options", "DENY")
                .put("Referrer-Policy", "no-referrer")
                .put("Cross-Origin-Opener-Policy", "same-origin")
                .put("Cross-Origin-Resource-Policy", "same-origin")
                .put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (tls) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
        return request;
    }
}
