package dev.jiggety.agent.report;

/**
 * A file of a status page.
 *
 * @param name lower-case letters, digits, hyphens and a dot; never a path
 * @param type as HTTP calls it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not copied for each reader
public record SiteFile(String name, String type, byte[] content) {
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json";
  static final String RSS = "application/rss+xml; charset=utf-8";
  static final String ATOM = "application/atom+xml; charset=utf-8";
}
