/**
 * Reports and the status page: reads what a hub knows of a span of time and makes files of it that
 * need nothing but a browser. {@link dev.jiggety.agent.report.StatusPage} makes the page, {@link
 * dev.jiggety.agent.report.StatusServer} hands it out; neither ever hands out anything else.
 */
@NullMarked
package dev.jiggety.agent.report;

import org.jspecify.annotations.NullMarked;
