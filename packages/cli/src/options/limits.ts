export const HIGHEST_PORT = 65_535;

/** Of -v and -d. */
export const HIGHEST_LEVEL = 10;

/** How many ports -F asks. */
export const FAST_PORTS = 100;

/** Hosts that are scanned side by side are told apart by 16 bits. */
export const MOST_HOSTS = 65_536;

/** More never helped. */
export const MOST_SENDERS = 64;

/** A probe fits a frame of Ethernet: 1500 bytes less the headers of IP and TCP and the option. */
export const MOST_DATA = 1456;
