/**
 * Tests made from what other programs wrote: a browser's recording (HAR 1.2), a curl line, a backup
 * of Uptime Kuma, a configuration of Gatus, modules and targets of Prometheus' blackbox exporter.
 * Each is a function from text to {@link dev.jiggety.agent.importing.Imported}: tests, and a list
 * of everything that could not be carried over. Passwords and tokens in headers, log-ins and forms
 * become references, and the list says which secret to make. Knows the model and nothing else.
 */
@NullMarked
package dev.jiggety.agent.importing;

import org.jspecify.annotations.NullMarked;
