package dev.jiggety.agent.report;

import java.time.Duration;

/**
 * How a status page presents itself.
 *
 * @param title what it is called
 * @param base where it will be found, with a slash at its end, for links in its feeds; empty when
 *     that is not known
 * @param every how often it is made anew; zero for once
 */
public record SiteOptions(String title, String base, Duration every) {}
