import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {findServicesFile, parseServices, readServicesFile, type ServiceList} from '../src/index.ts';

const describe = ({ports, names, frequencies}: ServiceList): string[] =>
	Array.from(ports, (port, index) => `${port} ${names[index]} ${frequencies[index]}`);

test('services are read with their frequencies', t => {
	const list = parseServices(`# A list of our own making
web 80/tcp 0.5	# the web
shell	22/tcp	25/100
shell 22/udp 0.9

mail 25/TCP
`);
	t.deepEqual(describe(list), ['22 shell 0.25', '25 mail 0', '80 web 0.5']);
	t.deepEqual(list.ignored, []);
});

test('aliases in the place of a frequency are passed over', t => {
	t.deepEqual(describe(parseServices('http\t80/tcp\twww # WorldWideWeb\nkerberos 88/tcp kerberos5 krb5')), [
		'80 http 0',
		'88 kerberos 0',
	]);
});

test('of a port that is listed twice the first line counts', t => {
	t.deepEqual(describe(parseServices('a 1/tcp 0.1\nb 1/tcp 0.2')), ['1 a 0.1']);
});

test('lines that are no services are ignored, and counted', t => {
	const list = parseServices('web\nweb 80\n80/tcp web\nweb 80000/tcp\nweb x/tcp\n\nweb 80/tcp\n');
	t.deepEqual(describe(list), ['80 web 0']);
	t.deepEqual(list.ignored, [1, 2, 3, 4, 5]);
});

const frequency = test.macro({
	title: (_, text: string, expected: number) => `a frequency of \`${text}\` is ${expected}`,
	exec(t, text: string, expected: number) {
		t.is(parseServices(`web 80/tcp ${text}`).frequencies[0], expected);
	},
});

test(frequency, '0.000001', 0.000001);
test(frequency, '1', 1);
test(frequency, '.5', 0.5);
test(frequency, '1/4', 0.25);
test(frequency, '1/0', 0);
test(frequency, '1.5', 0);
test(frequency, '-0.5', 0);

test('the file is looked for where it is usual, first where the user says', async t => {
	const home = await mkdtemp(path.join(tmpdir(), 'halfopen-'));
	t.teardown(async () => rm(home, {recursive: true}));
	const [own, variable] = ['.nmap', 'variable'].map(folder => path.join(home, folder));
	for (const folder of [own, variable]) {
		await mkdir(folder);
		await writeFile(path.join(folder, 'nmap-services'), 'web 80/tcp\n');
	}

	const inOwn = path.join(own, 'nmap-services');
	const inVariable = path.join(variable, 'nmap-services');
	t.is(await findServicesFile({environment: {HOME: home, NMAPDIR: variable}}), inVariable);
	t.is(await findServicesFile({environment: {HOME: home, NMAPDIR: ''}}), inOwn);
	t.is(await findServicesFile({folder: own, environment: {NMAPDIR: variable}}), inOwn);
	t.is(await findServicesFile({folder: home, environment: {HOME: home}}), undefined);
	t.deepEqual(describe(await readServicesFile(inOwn)), ['80 web 0']);
});
