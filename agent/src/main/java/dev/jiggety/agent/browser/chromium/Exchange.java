package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import dev.jiggety.model.Check;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One request of a page, as DevTools' events tell of it, one event after the other. Times are in
 * seconds of Chromium's monotonic clock. Guarded by {@link Traffic}.
 */
final class Exchange {
  private static final int LONGEST_URL = 2000;

  final String id;
  final String frame;
  final String url;
  final String method;
  final double asked;
  private String type;
  private int status;
  private String mediaType = "";
  private JsonObject timing = new JsonObject();
  private List<Check.Header> headers = List.of();
  private boolean rawHeaders;
  private double headerBytes;
  private double allBytes;
  private double ended = -1;
  private String error = "";
  private boolean cancelled;
  private boolean secure;

  Exchange(JsonObject sent) {
    id = Json.text(sent, "requestId");
    frame = Json.text(sent, "frameId");
    url = withoutUser(Json.text(Json.of(sent, "request"), "url"));
    method = Json.text(Json.of(sent, "request"), "method");
    asked = Json.number(sent, "timestamp", 0);
    type = Json.text(sent, "type");
  }

  /** The answer's head is there. */
  void answered(JsonObject response, String responseType) {
    if (!responseType.isEmpty()) {
      type = responseType;
    }
    status = (int) Json.number(response, "status", 0);
    mediaType = Json.text(response, "mimeType").toLowerCase(Locale.ROOT);
    timing = Json.of(response, "timing");
    headerBytes = Json.number(response, "encodedDataLength", 0);
    allBytes = headerBytes;
    secure = Json.text(response, "securityState").equals("secure") || url.startsWith("https:");
    if (!rawHeaders) {
      headers = headers(Json.of(response, "headers"));
    }
  }

  /** The headers as they came over the wire: those above lack cookies. */
  void headed(JsonObject told) {
    headers = headers(Json.of(told, "headers"));
    rawHeaders = true;
    if (status == 0) {
      status = (int) Json.number(told, "statusCode", 0);
    }
  }

  /** The answer led on. */
  void redirected(JsonObject response, double at) {
    answered(response, "");
    ended = at;
  }

  void finished(double bytes, double at) {
    allBytes = Math.max(allBytes, bytes);
    ended = at;
  }

  void failed(String why, boolean cancelledByPage, double at) {
    error = why;
    cancelled = cancelledByPage;
    ended = at;
  }

  boolean document(String mainFrame) {
    return type.equals("Document") && frame.equals(mainFrame);
  }

  boolean over() {
    return ended >= 0;
  }

  /** Whether it is an answer without its body, because a password was asked for. */
  boolean unauthorized() {
    return error.equals("net::ERR_INVALID_AUTH_CREDENTIALS");
  }

  /** Empty when none. */
  String error() {
    return error;
  }

  boolean cancelled() {
    return cancelled;
  }

  int status() {
    return status;
  }

  boolean secure() {
    return secure;
  }

  String mediaType() {
    return mediaType;
  }

  List<Check.Header> headers() {
    return headers;
  }

  /** Of the body, over the wire. */
  long bodyBytes() {
    return Math.max(0, Math.round(allBytes - headerBytes));
  }

  /** With the headers. */
  long bytes() {
    return Math.round(allBytes);
  }

  /** Whether it failed in a way that is worth a line: not when the page itself gave it up. */
  boolean bad() {
    return status >= 400 || (!error.isEmpty() && !cancelled);
  }

  /** The same for people. */
  String complaint() {
    return (status >= 400 ? Integer.toString(status) : error.replace("net::", "")) + " " + url;
  }

  Hop hop() {
    return new Hop(url, status, Timing.phases(timing, asked, ended));
  }

  /** As a line of the waterfall. */
  PageLoad.Resource resource(double origin, double now) {
    double end = over() ? ended : now;
    return new PageLoad.Resource(
        url.length() > LONGEST_URL ? url.substring(0, LONGEST_URL) : url,
        type(),
        status,
        bytes(),
        Timing.millis((asked - origin) * 1000),
        Timing.millis((end - asked) * 1000),
        !over() || !error.isEmpty());
  }

  private String type() {
    return switch (type) {
      case "Document" -> "document";
      case "Script" -> "script";
      case "Stylesheet" -> "stylesheet";
      case "Image" -> "image";
      case "Font" -> "font";
      case "XHR", "Fetch", "EventSource" -> "fetch";
      default -> "other";
    };
  }

  /** Several values of a header are told with line breaks between them. */
  private static List<Check.Header> headers(JsonObject told) {
    List<Check.Header> headers = new ArrayList<>();
    for (String name : told.keySet()) {
      for (String value : Json.text(told, name).split("\n", -1)) {
        headers.add(new Check.Header(name, value));
      }
    }
    return List.copyOf(headers);
  }

  /** The address without what a person would log in with. */
  static String withoutUser(String url) {
    int start = url.indexOf("://");
    if (start < 0) {
      return url;
    }
    int end = start + 3;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end);
    return at < start ? url : url.substring(0, start + 3) + url.substring(at + 1);
  }
}
