package dev.jiggety.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was there when a sample failed, for whoever has to find out why. Secrets are masked; every
 * part is bounded, see {@code model.rules.EvidenceRules}.
 *
 * @param url where it stood; empty when it came nowhere
 * @param status of the last answer, 0 for none
 * @param headers of the last answer
 * @param body the beginning of the last answer's body, as text; empty for none
 * @param forms one line for each form of the page: its name, its fields
 * @param links one line for each link of the page: text and address
 * @param picture a screenshot; null where there is none
 * @param leftOut what was left out or cut to keep it small, one line each
 */
public record Evidence(
    String url,
    int status,
    List<Check.Header> headers,
    String body,
    List<String> forms,
    List<String> links,
    @Nullable Picture picture,
    List<String> leftOut) {

  public Evidence {
    headers = List.copyOf(headers);
    forms = List.copyOf(forms);
    links = List.copyOf(links);
    leftOut = List.copyOf(leftOut);
  }

  /** All of it. */
  public Evidence(
      String url,
      int status,
      List<Check.Header> headers,
      String body,
      List<String> forms,
      List<String> links,
      @Nullable Picture picture) {
    this(url, status, headers, body, forms, links, picture, List.of());
  }
}
