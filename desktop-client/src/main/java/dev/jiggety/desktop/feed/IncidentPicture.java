package dev.jiggety.desktop.feed;

import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of incidents at one moment. Immutable.
 *
 * @param open those that last: the worst first, of equal ones the newest first
 * @param recent those that are over, of the last {@link IncidentFeed#REACH}, newest first, bounded
 * @param acts what people said, by the incident's id, oldest first; also what no manager has
 *     written into the incident yet
 * @param link whether the hub is heard
 */
public record IncidentPicture(
    List<Incident> open, List<Incident> recent, Map<String, List<IncidentAct>> acts, Link link) {
  /** Before anything is known. */
  public static final IncidentPicture EMPTY =
      new IncidentPicture(List.of(), List.of(), Map.of(), new Link.Connecting());

  public IncidentPicture {
    open = List.copyOf(open);
    recent = List.copyOf(recent);
    acts = Map.copyOf(acts);
  }

  /** Open ones, then those that are over. */
  public Stream<Incident> all() {
    return Stream.concat(open.stream(), recent.stream());
  }

  /** One of them, if it is open or not long over. */
  public Optional<Incident> find(String id) {
    return all().filter(it -> it.id().equals(id)).findFirst();
  }

  /** What people said of one, oldest first. */
  public List<IncidentAct> actsOn(String incident) {
    return acts.getOrDefault(incident, List.of());
  }

  /** What lasts of a test or node. */
  public List<Incident> openOf(String subject) {
    return open.stream().filter(it -> it.subject().equals(subject)).toList();
  }
}
