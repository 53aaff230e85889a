package dev.jiggety.desktop.run;

import dev.jiggety.model.Check;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to tell of one sample, in words and on one axis.
 *
 * @param title which of the run's it is
 * @param summary total, status and size
 * @param failure why it failed; empty when it did not
 * @param notes what to know of how it was measured, a line each
 * @param total how long it took
 * @param phases where the time went
 * @param hops the requests
 * @param steps named parts
 * @param resources what a page loaded
 * @param page how a page loaded, in a line; empty where none did
 * @param milestones of a page load
 * @param messages of the page: errors of its console and its network
 * @param address where it stood at the end; empty when it is not known
 * @param headers of the last answer
 * @param body its beginning
 * @param forms of the page
 * @param links of the page
 * @param leftOut what was cut
 * @param picture a screenshot
 */
public record SampleStory(
    String title,
    String summary,
    String failure,
    List<String> notes,
    Duration total,
    Phases phases,
    List<BarRow> hops,
    List<BarRow> steps,
    List<BarRow> resources,
    String page,
    List<Milestone> milestones,
    List<String> messages,
    String address,
    List<Check.Header> headers,
    String body,
    List<String> forms,
    List<String> links,
    List<String> leftOut,
    @Nullable Picture picture) {

  /** A moment of a page load, by the name of the W3C, and its time in words. */
  public record Milestone(String name, String time) {}

  public SampleStory {
    notes = List.copyOf(notes);
    hops = List.copyOf(hops);
    steps = List.copyOf(steps);
    resources = List.copyOf(resources);
    milestones = List.copyOf(milestones);
    messages = List.copyOf(messages);
    headers = List.copyOf(headers);
    forms = List.copyOf(forms);
    links = List.copyOf(links);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether an answer of the site is told of. */
  public boolean hasAnswer() {
    return !headers.isEmpty() || !body.isEmpty();
  }

  /** Whether forms, links, or what was left out is told of. */
  public boolean hasDetails() {
    return !forms.isEmpty() || !links.isEmpty() || !leftOut.isEmpty();
  }

  /** Whether a page load is told of. */
  public boolean hasPage() {
    return !page.isEmpty();
  }
}
