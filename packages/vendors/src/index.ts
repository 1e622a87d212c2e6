export {blocksOf, vendorOf} from './vendors.ts';
