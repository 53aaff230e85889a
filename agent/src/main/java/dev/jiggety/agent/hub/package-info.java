/**
 * The embedded hub: CouchDB's HTTP API on top of {@link dev.jiggety.agent.store}, as far as
 * replication, everyday clients and this product need it, with CouchDB's statuses, error words and
 * JSON; what is beyond that answers 501 with a reason. {@link dev.jiggety.agent.hub.HubServer} is
 * the way in. A request goes through the {@code Router}, which knows who may call what; a class for
 * each family of routes does the work; the live feeds of {@code _changes} are served by {@code
 * Feeds}. Only {@code HubServer} and {@code Exchange} know the HTTP server (Jetty); nothing here
 * knows SQL.
 */
@NullMarked
package dev.jiggety.agent.hub;

import org.jspecify.annotations.NullMarked;
