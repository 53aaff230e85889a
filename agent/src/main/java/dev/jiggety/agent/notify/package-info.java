/**
 * Tells people of incidents: keeps notices on the hub, writes them, and sends them by mail, web
 * services and programs, each channel on its own, until they are taken or given up. Who is told
 * what is decided in {@code model.rules.notice}; that one manager alone does it, is seen to by the
 * caller.
 */
@NullMarked
package dev.jiggety.agent.notify;

import org.jspecify.annotations.NullMarked;
