import { Box, Text } from "ink";
import type { ReactElement } from "react";
import type { DayOptions } from "../events.ts";
import { type Guest, isPresident, type Tally } from "../tally.ts";
import { doorWords, minutes, timeOfDay } from "../words.ts";
import type { Occupant } from "./places.ts";

export interface ShopViewProps {
  readonly tally: Tally;
  readonly places: readonly (Occupant | undefined)[];
  readonly options: DayOptions;
  /** What people talk about, the latest last. */
  readonly news: readonly string[];
  readonly columns: number;
}

const place = 13;

/** The shop as one sees it from the street: the shelf, the floor, the queue. */
export function ShopView({ tally, places, options, news, columns }: ShopViewProps): ReactElement {
  return (
    <Box flexDirection="column" width={columns}>
      <Text>
        <Text bold>bakery</Text> {timeOfDay(tally.now)} <Text dimColor>{doorWords(options)}</Text>
      </Text>
      <Shelf left={tally.left} stock={tally.stock} columns={columns} />
      <Floor tally={tally} places={places} columns={columns} />
      <Queue waiting={[...tally.queue.values()]} now={tally.now} columns={columns} />
      <Box flexDirection="column" marginTop={1}>
        {news.map((line) => (
          <Text key={line} color="yellow" wrap="truncate">
            {line}
          </Text>
        ))}
      </Box>
    </Box>
  );
}

function Shelf({ left, stock, columns }: { left: number; stock: number; columns: number }): ReactElement {
  const label = ` ${left} of ${stock} left`;
  const room = Math.max(0, columns - "chocolatines ".length - label.length);
  const full = stock === 0 ? 0 : Math.round((left / stock) * room);
  return (
    <Text>
      chocolatines <Text color="yellow">{"█".repeat(full)}</Text>
      <Text dimColor>{"░".repeat(room - full)}</Text>
      {label}
    </Text>
  );
}

interface FloorProps {
  readonly tally: Tally;
  readonly places: readonly (Occupant | undefined)[];
  readonly columns: number;
}

function Floor({ tally: { inside, capacity, now }, places, columns }: FloorProps): ReactElement {
  const fits = Math.floor(columns / place) * 2;
  const count = `${inside} of ${capacity} inside`;
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text>
        shop floor{" "}
        {inside > capacity ? (
          <Text color="red" bold>
            {count}: over the limit
          </Text>
        ) : (
          <Text color={inside === capacity ? "yellow" : "green"}>{count}</Text>
        )}
      </Text>
      {places.length <= fits ? (
        <Box flexWrap="wrap">
          {places.map((occupant, at) => (
            <Place key={at} occupant={occupant} now={now} isExtra={at >= capacity} />
          ))}
        </Box>
      ) : (
        <Text wrap="truncate">{places.flatMap((occupant) => occupant?.name ?? []).join(" ")}</Text>
      )}
    </Box>
  );
}

interface PlaceProps {
  readonly occupant: Occupant | undefined;
  readonly now: number;
  readonly isExtra: boolean;
}

function Place({ occupant, now, isExtra }: PlaceProps): ReactElement {
  const color = colorOf(occupant, isExtra);
  return (
    <Box borderStyle="round" borderColor={color} width={place} justifyContent="center">
      <Text color={color} wrap="truncate">
        {occupant === undefined ? "free" : textOf(occupant, now)}
      </Text>
    </Box>
  );
}

function colorOf(occupant: Occupant | undefined, isExtra: boolean): string {
  if (occupant === undefined) return "gray";
  if (isExtra) return "red";
  return isPresident(occupant.who) ? "magenta" : "green";
}

function textOf({ who, name, since }: Occupant, now: number): string {
  return isPresident(who) ? name : `${name} ${minutes(now - since)}`;
}

function Queue({ waiting, now, columns }: { waiting: Guest[]; now: number; columns: number }): ReactElement {
  const width = 12;
  const shown = Math.floor(columns / width) * 2 - 1;
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text>
        queue outside{" "}
        <Text color={waiting.length === 0 ? "green" : "yellow"}>
          {waiting.length === 0 ? "nobody" : `${waiting.length} waiting`}
        </Text>
      </Text>
      <Box flexWrap="wrap" height={2}>
        {waiting.slice(0, shown).map((guest) => (
          <Box key={guest.who} width={width}>
            <Text wrap="truncate" color={isPresident(guest.who) ? "magenta" : "white"}>
              {isPresident(guest.who) ? "Pres." : guest.who} <Text dimColor>{minutes(now - guest.since)}</Text>
            </Text>
          </Box>
        ))}
        {waiting.length > shown && <Text dimColor>and {waiting.length - shown} more</Text>}
      </Box>
    </Box>
  );
}
