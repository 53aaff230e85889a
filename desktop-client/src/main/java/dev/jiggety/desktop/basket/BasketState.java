package dev.jiggety.desktop.basket;

import java.util.List;
import java.util.Optional;

/**
 * What lies in the basket at one moment.
 *
 * @param entries in the order in which their documents were first put in, each document once
 * @param parcels what was sent and is not in force yet, oldest first
 */
public record BasketState(List<BasketEntry> entries, List<Parcel> parcels) {
  /** Nothing. */
  public static final BasketState EMPTY = new BasketState(List.of(), List.of());

  public BasketState {
    entries = List.copyOf(entries);
    parcels = List.copyOf(parcels);
  }

  /** The change of a document, where one waits. */
  public Optional<BasketEntry> find(String target) {
    return entries.stream().filter(entry -> entry.target().equals(target)).findFirst();
  }

  /** The parcels that came back. */
  public List<Parcel> returned() {
    return parcels.stream().filter(Parcel::isReturned).toList();
  }

  BasketState withEntries(List<BasketEntry> others) {
    return new BasketState(others, parcels);
  }
}
